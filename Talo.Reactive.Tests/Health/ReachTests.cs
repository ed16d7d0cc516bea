using NUnit.Framework;

namespace Talo.Reactive.Tests.Health;

/// <summary>The rule as a table: what was seen of the server, and whether it counts as online then.</summary>
public sealed class ReachTests
{
    [TestCase("", false)]
    [TestCase("200", true)]
    [TestCase("401", true)]
    [TestCase("429", true)]
    [TestCase("500", true)]
    [TestCase("200 none", false)]
    [TestCase("200 502", false)]
    [TestCase("200 503", false)]
    [TestCase("200 504", false)]
    [TestCase("none 200", true)]
    [TestCase("up", true)]
    [TestCase("up none", true)]
    [TestCase("up 503", true)]
    [TestCase("up none LinkLost", false)]
    [TestCase("up LinkLost", false)]
    [TestCase("up LinkLost 200", true)]
    [TestCase("up DeadLink", false)]
    [TestCase("up ClosedByServer", true)]
    [TestCase("up ClosedByServer none", false)]
    [TestCase("up RateLimited", true)]
    [TestCase("up Game", true)]
    [TestCase("200 DialFailed", false)]
    [TestCase("200 NoTicket", true)]
    [TestCase("DialFailed up", true)]
    public void WhatWasSeen_SaysWhetherTaloAnswers(string seen, bool online)
    {
        var reach = Reach.Unknown;
        foreach (var x in seen.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))
        {
            reach = x switch
            {
                "none" => reach.Called(null),
                "up" => reach.Moved(new ConnectionState { Status = ConnectionStatus.Connected }),
                _ when int.TryParse(x, out var status) => reach.Called(status),
                _ => reach.Moved(new ConnectionState
                {
                    Status = ConnectionStatus.Waiting,
                    Cause = new ConnectionCause { Kind = System.Enum.Parse<ConnectionCauseKind>(x) },
                }),
            };
        }

        Assert.That(reach.Online, Is.EqualTo(online));
    }
}
