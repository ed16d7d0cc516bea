using System;
using NUnit.Framework;

namespace Talo.Reactive.Tests;

/// <summary>
/// The category of tests that measure the whole process: its threads, its handles, its heap. To be run without company when one of
/// them fails: <c>dotnet test --filter TestCategory=ProcessWide</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProcessWideAttribute : CategoryAttribute
{
}
