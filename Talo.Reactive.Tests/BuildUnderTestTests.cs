using System.Linq;
using System.Reflection;
using System.Runtime.Versioning;
using NUnit.Framework;
using Talo.Reactive.Transport;

namespace Talo.Reactive.Tests;

public sealed class BuildUnderTestTests
{
#if NETSTANDARD_BUILD
    private const string Expected = ".NETStandard,Version=v2.1";
#else
    private const string Expected = ".NETCoreApp,Version=v8.0";
#endif

    [Test]
    public void TheTestsRunAgainstTheBuildThatTheirProjectNames()
    {
        var target = typeof(ITransport).Assembly.GetCustomAttributes<TargetFrameworkAttribute>().Single().FrameworkName;
        Assert.That(target, Is.EqualTo(Expected));
    }
}
