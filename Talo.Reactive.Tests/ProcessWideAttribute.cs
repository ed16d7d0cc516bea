using System;
using NUnit.Framework;

namespace Talo.Reactive.Tests;

/// <summary>
/// The category of tests that measure the whole process: its threads, its handles, its heap. They run when all other tests of the
/// solution have ended, in a process of their own: ProcessWide.targets says how.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProcessWideAttribute : CategoryAttribute
{
}
