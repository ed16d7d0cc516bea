using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.Reactive.Testing;
using NUnit.Framework;
using Talo.Reactive.Loopback;
using Talo.Reactive.Testing;

namespace Talo.Reactive.Tests.Docs;

/// <summary>The public surface of the packages is written down, so that a change of it is seen in a diff.</summary>
public sealed class PublicApiTests
{
    [Test]
    public void PublicApiTxt_IsWhatTheAssembliesShow()
    {
        var expected = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "PublicApi.txt")).ReplaceLineEndings("\n");
        var actual = Describe(typeof(TaloClient).Assembly) + Describe(typeof(ScriptedTalo).Assembly);
        if (actual == expected) return;

        var proposal = Path.Combine(TestContext.CurrentContext.WorkDirectory, "PublicApi.actual.txt");
        File.WriteAllText(proposal, actual);
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        Assert.Fail($"""
            The public surface changed. If that is meant, replace PublicApi.txt by {proposal}.
            gone: {string.Join("\n      ", before.Except(after))}
            new:  {string.Join("\n      ", after.Except(before))}
            """);
    }

    /// <summary>A test has both namespaces in use: one name for two types would not compile there.</summary>
    [Test]
    public void PublicTypes_HaveNoNameOfMicrosoftReactiveTesting()
    {
        var ours = new[] { typeof(TaloClient), typeof(ScriptedTalo), typeof(LoopbackTalo) }.SelectMany(x => Names(x.Assembly));
        Assert.That(ours.Intersect(Names(typeof(TestScheduler).Assembly)), Is.Empty);

        static IEnumerable<string> Names(Assembly assembly) => assembly.GetExportedTypes().Select(x => x.Name.Split('`')[0]);
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder().Append("# ").Append(assembly.GetName().Name).Append('\n');
        foreach (var type in assembly.GetExportedTypes().OrderBy(x => x.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type, full: true)).Append(Bases(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal)) text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type)) yield return $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}";
            yield break;
        }

        foreach (var field in type.GetFields(Own).Where(x => x.IsPublic || x.IsFamily))
            yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";
        foreach (var constructor in type.GetConstructors(Own).Where(x => x.IsPublic || x.IsFamily))
            yield return $"new({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Own))
        {
            var get = property.GetMethod is { } getter && (getter.IsPublic || getter.IsFamily) ? " get;" : "";
            var set = property.SetMethod is { } setter && (setter.IsPublic || setter.IsFamily)
                ? setter.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;"
                : "";
            if (get.Length + set.Length > 0) yield return $"{(property.GetAccessors(true)[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{{get}{set} }}";
        }

        foreach (var method in type.GetMethods(Own).Where(x => (x.IsPublic || x.IsFamily) && (!x.IsSpecialName || x.Name.StartsWith("op_", StringComparison.Ordinal)) && !x.Name.StartsWith('<')))
        {
            var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(x => x.Name))}>" : "";
            yield return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
        }
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(x => $"{Name(x.ParameterType)} {x.Name}{(x.HasDefaultValue ? " = " + (x.DefaultValue ?? "default") : "")}"));

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : type.IsSealed ? "sealed class" : type.IsAbstract ? "abstract class" : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type)) return "";
        var bases = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Select(x => Name(x)).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) bases.Insert(0, Name(parent));
        return bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static string Name(Type type, bool full = false)
    {
        if (type.IsByRef) return Name(type.GetElementType()!) + "&";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter) return type.Name;
        var prefix = type.IsNested ? Name(type.DeclaringType!, full) + "." : full ? type.Namespace + "." : "";
        if (!type.IsGenericType) return prefix + type.Name;
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        var arguments = string.Join(", ", type.GetGenericArguments().Select(x => Name(x)));
        return $"{prefix}{(tick < 0 ? type.Name : type.Name[..tick])}<{arguments}>";
    }
}
