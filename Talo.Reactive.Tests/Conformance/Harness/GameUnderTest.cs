namespace Talo.Reactive.Tests.Conformance;

/// <summary>A game of the server. One that verifies requests has a <paramref name="Signer"/>.</summary>
internal sealed record GameUnderTest(string AccessKey, RequestSigner? Signer = null);
