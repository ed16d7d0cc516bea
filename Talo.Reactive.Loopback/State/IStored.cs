namespace Talo.Reactive.Loopback.State;

/// <summary>A row whose times lose their milliseconds when the change that wrote it is committed.</summary>
internal interface IStored
{
    void Commit();
}
