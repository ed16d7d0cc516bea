using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reactive;

namespace Talo.Reactive.Testing;

internal sealed class MarbleParser
{
    private const int MaxFrames = 100_000_000;

    private readonly string _text;
    private readonly List<Marble> _marbles = new();
    private int _position;
    private int _frame;
    private int? _subscription;
    private bool _ended;

    internal MarbleParser(string text) => _text = text;

    /// <summary>Refuses a <c>^</c> where nothing can lie before frame 0.</summary>
    internal static void RefusePast(string diagram)
    {
        var parser = new MarbleParser(diagram ?? throw new ArgumentNullException(nameof(diagram)));
        parser._position = diagram.IndexOf('^', StringComparison.Ordinal);
        if (parser._position >= 0) throw parser.Wrong("'^' belongs to hot sequences: what is played from its beginning has no past");
    }

    internal IReadOnlyList<Marble> Parse()
    {
        for (; _position < _text.Length; _position++)
        {
            var c = _text[_position];
            if (char.IsWhiteSpace(c)) continue;
            if (_ended) throw Wrong($"'{c}' comes after the end of the sequence");
            Frame(c);
            if (_frame > MaxFrames) throw Wrong($"a diagram has at most {MaxFrames} frames");
        }

        return _subscription is { } zero ? _marbles.ConvertAll(m => new Marble(m.Frame - zero, m.Kind, m.Symbol)) : _marbles;
    }

    private void Frame(char c)
    {
        switch (c)
        {
            case '-':
                _frame++;
                break;
            case '[':
                _frame += Silence();
                break;
            case '(':
                Group();
                _frame++;
                break;
            case '^' when _subscription is not null:
                throw Wrong("there is a second '^'");
            case '^':
                _subscription = _frame++;
                break;
            case ')':
                throw Wrong("')' closes nothing");
            case ']':
                throw Wrong("']' closes nothing");
            default:
                Event(c);
                _frame++;
                break;
        }
    }

    private int Silence()
    {
        var close = _text.IndexOf(']', _position);
        if (close < 0) throw Wrong("'[' is not closed");
        var digits = _text.Substring(_position + 1, close - _position - 1).Trim();
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var frames) || frames is 0 or > MaxFrames)
            throw Wrong($"'[{digits}]' is no number of frames: write a whole number from 1 to {MaxFrames}");
        _position = close;
        return frames;
    }

    private void Group()
    {
        var open = _position;
        var before = _marbles.Count;
        for (_position++; _position < _text.Length && _text[_position] != ')'; _position++)
        {
            var c = _text[_position];
            if (char.IsWhiteSpace(c)) continue;
            if (_ended) throw Wrong($"'{c}' comes after the end of the sequence");
            if (c is '-' or '[' or ']' or '(' or '^') throw Wrong($"'{c}' takes time and can't stand inside '(…)', which is one frame");
            Event(c);
        }

        if (_position == _text.Length) throw Wrong("'(' is not closed", open);
        if (_marbles.Count == before) throw Wrong("'()' is empty: write '-' for a silent frame", open);
    }

    private void Event(char c)
    {
        var kind = c switch
        {
            '|' => NotificationKind.OnCompleted,
            '#' => NotificationKind.OnError,
            _ when char.IsLetterOrDigit(c) => NotificationKind.OnNext,
            _ => throw Wrong($"'{c}' means nothing here: a value is a letter or a digit"),
        };
        _ended = kind != NotificationKind.OnNext;
        _marbles.Add(new Marble(_frame, kind, c));
    }

    private FormatException Wrong(string what, int? position = null) => new(string.Format(
        CultureInfo.InvariantCulture,
        "Marble diagram \"{0}\", column {1}: {2}.",
        _text,
        (position ?? _position) + 1,
        what));
}
