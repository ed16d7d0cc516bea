using System.Threading;
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

    [Test]
    public void TheEndOfTheClient_FailsWhatWasHandedOut()
    {
        var calls = new PendingCalls();
        var task = calls.Begin<bool>(default).Task;

        calls.End(new TaloException("over"));
        calls.FailAll();

        Assert.That(task.Exception?.InnerException, Has.Message.EqualTo("over"));
    }

    [Test]
    public void TheEndOfTheClient_BetweenTheBeginningAndTheHandingOut_FailsTheCall()
    {
        var calls = new PendingCalls();
        var call = calls.Begin<bool>(default);

        calls.End(new TaloException("over"));
        calls.FailAll();

        Assert.That(call.Task.Exception?.InnerException, Has.Message.EqualTo("over"));
    }

    [Test]
    public void AfterTheEndOfTheClient_ACallFailsAtOnce()
    {
        var calls = new PendingCalls();
        calls.End(new TaloException("over"));

        Assert.That(calls.Begin<bool>(default).IsOver, Is.True);
    }

    [Test]
    public void ACallThatEndedBeforeItWasHandedOut_KeepsItsResult()
    {
        var calls = new PendingCalls();
        var call = calls.Begin<int>(default);
        call.Succeed(7);
        var task = call.Task;

        calls.End(new TaloException("over"));
        calls.FailAll();

        Assert.That(task.Result, Is.EqualTo(7));
    }

    [Test]
    public void OnlyACallWithAToken_CanBeCanceled()
    {
        using var source = new CancellationTokenSource();
        var calls = new PendingCalls();
        var canceled = false;
        var call = calls.Begin<bool>(source.Token);
        call.Canceled = () => canceled = true;

        source.Cancel();

        Assert.That((calls.Begin<bool>(default).CanBeCanceled, call.CanBeCanceled, canceled), Is.EqualTo((false, true, true)));
    }
}
