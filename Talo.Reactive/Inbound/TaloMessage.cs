using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Wire;

namespace Talo.Reactive;

/// <summary>A message of the Talo Socket: a name and its data, <c>{"res":…,"data":{…}}</c>.</summary>
/// <remarks>
/// It owns its bytes and never changes, so it may be kept for ever and used on any thread. Nothing is parsed before
/// somebody asks. It is raw: secrets that the server echoes are in it.
/// </remarks>
public sealed class TaloMessage
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly byte[] _frame;
    private readonly int _dataStart;
    private readonly int _dataLength;
    private readonly KnownEntities? _known;
    private JObject? _data;
    private object? _entity;

    /// <param name="res">The name.</param>
    /// <param name="ownedFrame">The frame, which nobody changes any more.</param>
    /// <param name="dataStart">Where the data begins.</param>
    /// <param name="dataLength">How long it is.</param>
    /// <param name="known">What events of the same client told of before.</param>
    internal TaloMessage(string res, byte[] ownedFrame, int dataStart, int dataLength, KnownEntities? known = null)
    {
        _known = known;
        Res = res;
        _frame = ownedFrame;
        _dataStart = dataStart;
        _dataLength = dataLength;
    }

    /// <summary>The name of the response, such as <c>v1.channels.message</c>. The server may send names that are new.</summary>
    public string Res { get; }

    /// <summary>The whole frame as it came, UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 => _frame;

    /// <summary>
    /// The data. Parsed at the first use and then kept: every caller on every thread gets the same instance, so read it
    /// and never change it. Strings stay strings, also those that look like dates. Empty when the server sent none.
    /// </summary>
    /// <exception cref="TaloPayloadException">The data is not a JSON object, or is nested more than 64 levels deep.</exception>
    public JObject Data
    {
        get
        {
            if (Volatile.Read(ref _data) is { } parsed) return parsed;
            var fresh = ParseData();
            return Interlocked.CompareExchange(ref _data, fresh, null) ?? fresh;
        }
    }

    private ReadOnlyMemory<byte> DataUtf8 => _dataLength == 0 ? EmptyObject : _frame.AsMemory(_dataStart, _dataLength);

    /// <summary>Makes a message as the server would send it: for tests of a game, and for fakes of the socket.</summary>
    /// <param name="res">The name of the response.</param>
    /// <param name="data">An event of this library, or anything else that becomes a JSON object.</param>
    /// <exception cref="ArgumentException">The name is blank, or the data does not become a JSON object.</exception>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    public static TaloMessage Create(string res, object data)
    {
        if (string.IsNullOrWhiteSpace(res)) throw new ArgumentException("Name the response.", nameof(res));
        return FromFrame(FrameWriter.Envelope("res", res, data ?? throw new ArgumentNullException(nameof(data))));
    }

    /// <summary>Reads a message from the text of a frame.</summary>
    /// <exception cref="FormatException">It is not a JSON object with a <c>res</c>.</exception>
    public static TaloMessage Parse(string json) =>
        FromFrame(Encoding.UTF8.GetBytes(json ?? throw new ArgumentNullException(nameof(json))));

    /// <summary>The data as a type. May be called on any thread, and by several at once.</summary>
    /// <typeparam name="T">
    /// An event or entity of this library, or <see cref="JObject"/>, without reflection; or any type of the game's own that
    /// Newtonsoft.Json can fill. <c>JsonConvert.DefaultSettings</c> has no effect on it.
    /// </typeparam>
    /// <returns>
    /// Never null. An entity is made once, and every caller gets the same; a type of the game's own is made anew.
    /// </returns>
    /// <exception cref="TaloPayloadException">The data does not fit. Missing and unknown members do not cause it.</exception>
    /// <remarks>
    /// An exception of a converter or constructor of the game's own comes through as it is. A type of the game's own is read from
    /// the bytes of the frame, at the cost of Newtonsoft.Json itself; members whose names are told as they are in JSON
    /// (<c>[JsonProperty("playerAlias")]</c> or a naming strategy) are found quicker.
    /// </remarks>
    [RequiresUnreferencedCode(TaloJson.ForeignTypes)]
    [RequiresDynamicCode(TaloJson.ForeignTypes)]
    public T DataAs<T>()
    {
        if (EntityReaders.TryGet<T>(out var entity))
            return Volatile.Read(ref _entity) is T shared ? shared : Share(Decode(entity));
        if (typeof(T) == typeof(JObject)) return (T)(object)Data;

        var tokens = Volatile.Read(ref _data) is null ? Read(PayloadTokens.Find) : null;
        try
        {
            return NotNull(tokens is null ? TaloJson.To<T>(Data) : TaloJson.To<T>(tokens));
        }
        catch (JsonException fault)
        {
            throw Misfit<T>(TaloJson.PathOf(fault), fault.InnerException);
        }
    }

    /// <summary>
    /// The data as a type of the game's own, by System.Text.Json and the code that it generates for the type: without reflection,
    /// for games that are trimmed or compiled ahead of time. May be called on any thread, and by several at once.
    /// </summary>
    /// <param name="typeInfo">
    /// What was generated, such as <c>GameJson.Default.ChatLine</c>. Its options hold: how members are named (the server writes
    /// <c>camelCase</c>), and how deep the data may be and what it may hold besides JSON.
    /// </param>
    /// <returns>Never null, and made anew at each call.</returns>
    /// <exception cref="ArgumentNullException">There is no type information.</exception>
    /// <exception cref="TaloPayloadException">The data does not fit, or lacks a member that the type requires.</exception>
    /// <remarks>
    /// Entities of this library may be members of the type. Half of a surrogate pair is read as U+FFFD. An exception of a
    /// converter or constructor of the game's own comes through as it is. After a fault the data may be read a second time.
    /// </remarks>
    public T DataAs<T>(JsonTypeInfo<T> typeInfo)
    {
        if (typeInfo is null) throw new ArgumentNullException(nameof(typeInfo));

        var data = DataUtf8.Span;
        while (true)
        {
            try
            {
                return NotNull(GeneratedJson.To(data, typeInfo));
            }
            catch (System.Text.Json.JsonException fault)
            {
                // Only now: it costs a walk over the data. What is no JSON is told as such, and members behind the data are
                // left out.
                var length = Read(static utf8 => Payload.Measure(utf8.Span));
                if (length == data.Length) throw Misfit<T>(GeneratedJson.PathOf(fault), fault.InnerException);
                data = data[..length];
            }
        }
    }

    /// <summary>The name and the size, and nothing of the content.</summary>
    public override string ToString() => ControlCharacters.Escape(string.Format(CultureInfo.InvariantCulture, "{0} ({1} bytes)", Res, _frame.Length));

    internal T Decode<T>(EntityReader<T> entity)
    {
        try
        {
            return _known is not null && EntityReaders.TryGetEvent<T>(out var ofEvent)
                ? Payload.Read(DataUtf8.Span, ofEvent, _known)
                : Payload.Read(DataUtf8.Span, entity);
        }
        catch (TaloPayloadException fault)
        {
            throw fault.For(Res);
        }
    }

    /// <summary>Entities never change, so all who ask for one get the same.</summary>
    private T Share<T>(T entity) => Interlocked.CompareExchange(ref _entity, entity, null) is T first ? first : entity;

    private static TaloMessage FromFrame(byte[] frame)
    {
        if (!Envelope.TryScan(frame, out var envelope, out var problem))
        {
            throw new FormatException($"Not a Talo message: {problem}.");
        }

        return new TaloMessage(ResTable.Name(envelope.Res), frame, envelope.DataStart, envelope.DataLength);
    }

    private JObject ParseData() => Read(TaloJson.ParseObject);

    private T Read<T>(Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            return read(DataUtf8);
        }
        catch (TaloPayloadException fault)
        {
            throw fault.For(Res);
        }
    }

    private T NotNull<T>(T? value) => value ?? throw new TaloPayloadException(Res, "", $"{typeof(T).Name} became null");

    // The serialisers' own texts quote the value that did not fit: only the place is taken over.
    private TaloPayloadException Misfit<T>(string path, Exception? cause)
    {
        if (cause is not TaloPayloadException entity)
            return new TaloPayloadException(Res, path, $"it cannot become {typeof(T).Name}");

        var separator = path.Length == 0 || entity.Path.Length == 0 ? "" : ".";
        return new TaloPayloadException(Res, path + separator + entity.Path, entity.Problem);
    }
}
