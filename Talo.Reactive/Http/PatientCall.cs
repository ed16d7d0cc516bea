using System;
using System.Reactive;
using System.Reactive.Linq;
using Talo.Reactive.Connection;

namespace Talo.Reactive.Http;

/// <summary>A cold call that goes on trying while the failure may pass.</summary>
internal static class PatientCall
{
    /// <summary>Waits and tries again after a transient failure, with growing waits; any other failure ends it.</summary>
    internal static IObservable<T> RetryTransient<T>(this IObservable<T> call, Settings settings) =>
        call.RetryWhen(errors => errors.Select((error, failures) => Again(error, failures, settings)).Concat());

    private static IObservable<Unit> Again(Exception error, int failures, Settings settings) =>
        error is TaloException { IsTransient: true } transient
            ? Observable.Timer(RetryPolicy.Wait(failures, RetryAfter.Of(transient), settings), settings.Scheduler).Select(static _ => Unit.Default)
            : Observable.Throw<Unit>(error);
}
