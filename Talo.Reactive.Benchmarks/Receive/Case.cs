using System;
using Talo.Reactive.Benchmarks.Receivers;

namespace Talo.Reactive.Benchmarks.Receive;

/// <summary>One line of the table: a receiver and what it receives.</summary>
/// <param name="Id">Its name in the results.</param>
/// <param name="Name">Its name in the table.</param>
/// <param name="Workload">What is sent.</param>
/// <param name="Create">Makes the receiver.</param>
/// <param name="Baseline">The <see cref="Id"/> of the case that it is compared with.</param>
internal sealed record Case(string Id, string Name, string Workload, Func<IReceiver> Create, string Baseline);
