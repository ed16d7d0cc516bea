using System.Threading.Tasks;
using NUnit.Framework;
using Talo.Reactive.Dispatch;

namespace Talo.Reactive.Tests.Dispatch;

public sealed class PendingCallTests
{
    [Test]
    public async Task ACall_IsBeingMadeOnItsOwnThreadUntilItsTaskIsHandedOut()
    {
        var call = new PendingCalls().Begin<bool>(default);

        Assert.That(call.IsBeingMade, Is.True);
        Assert.That(await Task.Factory.StartNew(
            () => call.IsBeingMade, default, TaskCreationOptions.LongRunning, TaskScheduler.Default), Is.False, "on another thread");
    }

    [Test]
    public void AHandedOutCall_IsNotBeingMade()
    {
        var call = new PendingCalls().Begin<bool>(default);
        _ = call.Task;

        Assert.That(call.IsBeingMade, Is.False);
    }
}
