namespace Talo.Reactive;

/// <summary>What kind of thing went wrong on this side.</summary>
public enum TaloFaultKind
{
    /// <summary>A frame is not what the Talo Socket sends: not JSON, no <c>res</c>, nested too deep, too large.</summary>
    MalformedFrame,

    /// <summary>A payload does not fit what its response says it is.</summary>
    PayloadMismatch,

    /// <summary>An observer threw.</summary>
    ObserverThrew,

    /// <summary>A frame given to <c>Send</c>, which returns no task, was not sent or may not have been.</summary>
    SendFailed,

    /// <summary>A transport, a scheduler or a policy that was given in the options threw.</summary>
    ExtensionThrew,

    /// <summary>Something that the client does by itself in the background was refused by the server.</summary>
    BackgroundCallFailed,

    /// <summary>The server tells more than the client keeps of it; what is given up is said. Reported once, not for each frame.</summary>
    LimitReached,
}
