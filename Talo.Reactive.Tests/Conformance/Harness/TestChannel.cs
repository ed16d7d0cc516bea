namespace Talo.Reactive.Tests.Conformance;

/// <summary>A channel that a test made. It is deleted after the test by whom <see cref="Owner"/> then is.</summary>
internal sealed record TestChannel(int Id, string Name)
{
    /// <summary>To be set by a test that gives the channel away; null when it needs no deleting.</summary>
    public TestPlayer? Owner { get; set; }

    public string Path => $"/v1/game-channels/{Id}";
}
