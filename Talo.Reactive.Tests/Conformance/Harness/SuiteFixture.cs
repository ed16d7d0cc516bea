using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Talo.Reactive.Tests.Conformance;

/// <summary>Starts what the suite shares before its first test, and ends it after its last.</summary>
[SetUpFixture]
public sealed class SuiteFixture
{
    private static Suite? suite;

    internal static Suite Suite => suite ?? throw new InvalidOperationException("The suite has not started.");

    [OneTimeSetUp]
    public async Task StartAsync() => suite = await Suite.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (suite is not null)
            await suite.DisposeAsync();
    }
}
