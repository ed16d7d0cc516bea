using System;
using System.Collections.Concurrent;
using System.Reactive;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using System.Text;
using System.Threading;
using Microsoft.Reactive.Testing;
using Newtonsoft.Json.Linq;
using Talo.Reactive.Http;
using Talo.Reactive.Testing;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests.Session;

/// <summary>One link in memory, for tests with real threads: writes end inside their subscription, frames come on the test's thread.</summary>
internal sealed class MemoryTransport : ITransport, IHttpTransport, ILink, IObservable<ReadOnlyMemory<byte>>
{
    private readonly ManualResetEventSlim heard = new();
    private int writing;
    private IObserver<ReadOnlyMemory<byte>>? observer;

    internal ConcurrentQueue<string> Sent { get; } = new();

    internal int OverlappingWrites { get; private set; }

    /// <summary>Told of each frame, on the thread that writes it.</summary>
    internal Action<string>? Written { get; set; }

    public IObservable<ReadOnlyMemory<byte>> Frames => this;

    public LinkClosure? Closure { get; private set; }

    public IObservable<ILink> Dial(Uri address, int maxFrameBytes) => Observable.Return<ILink>(this);

    public IObservable<HttpReply> Send(HttpCall call) => Observable.Return(call.Address.AbsolutePath switch
    {
        "/v1/socket-tickets" => ScriptedReply.Json(200, new { ticket = "ticket-0001" }),
        "/v1/players/identify" => ScriptedReply.Json(200, new { alias = Alias(), socketToken = "token-0001" }),
        _ => ScriptedReply.Json(404, new { message = "not here" }),
    });

    public IObservable<Unit> Send(ReadOnlyMemory<byte> frame) => Observable.Defer(() =>
    {
        if (Interlocked.Increment(ref writing) != 1) OverlappingWrites++;
        var text = Encoding.UTF8.GetString(frame.Span);
        Sent.Enqueue(text);
        Interlocked.Decrement(ref writing);
        Written?.Invoke(text);
        return Observable.Return(Unit.Default);
    });

    public IObservable<Unit> Close(int code, string reason)
    {
        Closure ??= new LinkClosure(LinkEnd.ClosedHere, code, reason);
        observer?.OnCompleted();
        return Observable.Return(Unit.Default);
    }

    public void Abort() => Closure ??= new LinkClosure(LinkEnd.Aborted, LinkClosure.AbnormalClosure, "");

    public IDisposable Subscribe(IObserver<ReadOnlyMemory<byte>> observer)
    {
        this.observer = observer;
        heard.Set();
        return Disposable.Empty;
    }

    /// <summary>Delivers a frame on this thread.</summary>
    internal void Receive(string frame) => Receive(Encoding.UTF8.GetBytes(frame));

    internal void Receive(byte[] frame)
    {
        if (!heard.Wait(Bounded.Limit)) throw new TimeoutException("Nobody subscribed to the frames.");
        observer!.OnNext(frame);
    }

    internal static string Success() => new JObject { ["res"] = "v1.players.identify.success", ["data"] = Alias() }.ToString(Newtonsoft.Json.Formatting.None);

    private static JObject Alias() => new ScriptedTalo(new TestScheduler()).Player("ada").ToJson();
}
