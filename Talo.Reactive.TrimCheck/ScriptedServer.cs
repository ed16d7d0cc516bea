using System;
using System.Reactive;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text;
using Talo.Reactive.Http;
using Talo.Reactive.Tests.Wire;
using Talo.Reactive.Transport;

namespace Talo.Reactive.TrimCheck;

/// <summary>As much of a server as one player needs, made of plain text: nothing here may depend on what is checked.</summary>
internal sealed class ScriptedServer : ITransport, ILink, IHttpTransport
{
    private readonly Subject<ReadOnlyMemory<byte>> frames = new();

    public IObservable<ReadOnlyMemory<byte>> Frames => Observable.Defer(() => frames.StartWith(Frame("v1.connected", "{}")));

    public LinkClosure? Closure => null;

    public IObservable<ILink> Dial(Uri address, int maxFrameBytes) => Observable.Return<ILink>(this);

    public IObservable<Unit> Send(ReadOnlyMemory<byte> frame) => Observable.Defer(() =>
    {
        if (Encoding.UTF8.GetString(frame.Span).Contains("v1.players.identify", StringComparison.Ordinal))
            Tell("v1.players.identify.success", Reference.Ada);
        return Observable.Return(Unit.Default);
    });

    public IObservable<Unit> Close(int code, string reason) => Observable.Return(Unit.Default);

    public void Abort() => frames.OnCompleted();

    public IObservable<HttpReply> Send(HttpCall call) =>
        Observable.Return(new HttpReply(200, [], Encoding.UTF8.GetBytes(Answer(call.Address.AbsolutePath))));

    internal void Tell(string kind, string data) => frames.OnNext(Frame(kind, data));

    private static string Answer(string path) => path switch
    {
        "/v1/socket-tickets" => """{"ticket":"t-1"}""",
        "/v1/players/identify" => $$"""{"alias":{{Reference.Ada}},"socketToken":"s-1"}""",
        "/v1/game-channels/41/storage/list" => """{"props":[]}""",
        _ => "{}",
    };

    private static ReadOnlyMemory<byte> Frame(string kind, string data) => Encoding.UTF8.GetBytes($$"""{"res":"{{kind}}","data":{{data}}}""");
}
