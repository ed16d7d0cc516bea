using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace Talo.Reactive.Tests.Fuzz;

/// <summary>Every call that a client offers, found by reflection: one that is added later is made as well.</summary>
internal static class PublicCalls
{
    private static readonly Type[] Services =
    [
        typeof(TaloSocket), typeof(TaloSocketTickets), typeof(TaloPlayers), typeof(TaloPlayerAuth), typeof(TaloChannels), typeof(TaloChannel),
        typeof(TaloLiveConfig), typeof(TaloPlayerRelationships), typeof(TaloPlayerPresence), typeof(TaloHealthCheck),
    ];

    /// <summary>Those that answer with a task or a list, or that only begin something.</summary>
    internal static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. Services.SelectMany(static x => x.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(static x => !x.IsSpecialName && !x.IsGenericMethod && (x.ReturnType == typeof(void) || typeof(Task).IsAssignableFrom(x.ReturnType) || IsOf(x, typeof(IAsyncEnumerable<>)) || IsOf(x, typeof(IObservable<>)))),
    ];

    internal static string NameOf(MethodInfo call) => $"{call.DeclaringType!.Name}.{call.Name}";

    /// <summary>Makes a call. What it throws at once comes through as it is.</summary>
    /// <returns>Completes when the call does: with a list that is read for a while, or a stream that is observed for ever, at its first item.</returns>
    internal static Task Make(TaloClient client, MethodInfo call)
    {
        try
        {
            return call.Invoke(OwnerOf(client, call.DeclaringType!), [.. call.GetParameters().Select(x => Argument(x, client))]) switch
            {
                Task task => task,
                null => Task.CompletedTask,
                var answer => (Task)typeof(PublicCalls)
                    .GetMethod(IsOf(call, typeof(IAsyncEnumerable<>)) ? nameof(Read) : nameof(Observe), BindingFlags.Static | BindingFlags.NonPublic)!
                    .MakeGenericMethod(call.ReturnType.GetGenericArguments())
                    .Invoke(null, [answer])!,
            };
        }
        catch (TargetInvocationException error)
        {
            ExceptionDispatchInfo.Capture(error.InnerException!).Throw();
            throw;
        }
    }

    private static object OwnerOf(TaloClient client, Type service) => service == typeof(TaloChannel)
        ? client.Channels.In(41)
        : typeof(TaloClient).GetProperties().Single(x => x.PropertyType == service).GetValue(client)!;

    private static object? Argument(ParameterInfo parameter, TaloClient client)
    {
        var type = parameter.ParameterType;
        if (type == typeof(bool) || type == typeof(bool?)) return true;
        if (parameter.HasDefaultValue) return type.IsValueType && parameter.DefaultValue is null ? Activator.CreateInstance(type) : parameter.DefaultValue;
        if (type == typeof(string)) return parameter.Name switch { "service" => "username", "password" or "newPassword" or "currentPassword" => FuzzedClient.Password, _ => "gold" };
        if (type == typeof(int)) return 41;
        if (type == typeof(CancellationToken)) return CancellationToken.None;
        if (type == typeof(string[]) || type == typeof(IEnumerable<string>)) return new[] { "gold", "items[]" };
        if (type == typeof(IEnumerable<Prop>)) return new[] { new Prop("gold", "1") };
        if (type == typeof(ChannelChanges)) return new ChannelChanges { Name = "harbour" };
        if (type == typeof(PlayerAlias)) return client.CurrentAlias ?? new PlayerAlias { Id = 1, Player = new Player { Id = "somebody" } };
        if (type == typeof(RelationshipType)) return RelationshipType.Unidirectional;
        if (type == typeof(GameCenterSignature)) return new GameCenterSignature("https://keys.test/1", "c2ln", "c2FsdA==", 1, "G:1", "bundle");
        throw new NotSupportedException($"Say here what to give for {type.Name} {parameter.Name} of {NameOf((MethodInfo)parameter.Member)}.");
    }

    private static async Task Read<T>(IAsyncEnumerable<T> list)
    {
        var read = 0;
        await foreach (var _ in list.ConfigureAwait(false))
        {
            if (++read == 100) return;
        }
    }

    private static Task Observe<T>(IObservable<T> stream)
    {
        var ended = new TaskCompletionSource();
        stream.Subscribe(_ => ended.TrySetResult(), error => ended.TrySetException(error), () => ended.TrySetResult());
        // What it waits for may never come; what ends it is looked at.
        return ended.Task.IsCompleted ? ended.Task : Task.CompletedTask;
    }

    private static bool IsOf(MethodInfo call, Type generic) => call.ReturnType.IsGenericType && call.ReturnType.GetGenericTypeDefinition() == generic;
}
