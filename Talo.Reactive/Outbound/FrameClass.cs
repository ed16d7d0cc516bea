namespace Talo.Reactive.Outbound;

/// <summary>Which share of the server's limit a frame is paced by.</summary>
internal enum FrameClass
{
    /// <summary>What the game sends.</summary>
    Game,

    /// <summary>Identify and heartbeat, which must go through however much the game sends.</summary>
    Reserved,
}
