using System;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Talo.Reactive.Tests;

// The longest test takes 22 s on two cores that are half idle, and 26 s with twelve times as much to do as they can.
[assembly: CancelEveryTestAfter(3 * 60_000)]

namespace Talo.Reactive.Tests;

/// <summary>
/// NUnit's <see cref="CancelAfterAttribute"/> for a whole assembly, which it does not take itself. It is cooperative: what waits as
/// <see cref="Bounded"/> does, ends and fails its test. What waits in another way is ended by the hang detection of .runsettings.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class CancelEveryTestAfterAttribute(int milliseconds) : NUnitAttribute, IApplyToContext
{
    public void ApplyToContext(TestExecutionContext context)
    {
        context.TestCaseTimeout = milliseconds;
        context.UseCancellation = true;
    }
}
