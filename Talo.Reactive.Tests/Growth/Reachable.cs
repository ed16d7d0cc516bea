using System;
using System.Collections.Generic;
using System.Reflection;

namespace Talo.Reactive.Tests.Growth;

/// <summary>
/// What a client holds, in bytes: a walk over every field of every object that can be reached from it, without what belongs to the
/// test. Unlike a measurement of the heap it is the same each time, whatever else the process does.
/// </summary>
internal static class Reachable
{
    private const int Header = 3 * sizeof(long);

    private static readonly Dictionary<Type, FieldInfo[]> Fields = [];

    /// <summary>About how much memory is reachable from an object.</summary>
    internal static long BytesFrom(object root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var next = new Stack<object>();
        var bytes = 0L;
        Meet(root, seen, next);
        while (next.TryPop(out var one)) bytes += BytesOf(one, seen, next);
        return bytes;
    }

    private static long BytesOf(object one, HashSet<object> seen, Stack<object> next)
    {
        if (one is string text) return Header + (text.Length * sizeof(char));
        if (one is Array array) return BytesOf(array, seen, next);
        Follow(one, one.GetType(), seen, next);
        return Header + (FieldsOf(one.GetType()).Length * sizeof(long));
    }

    private static long BytesOf(Array array, HashSet<object> seen, Stack<object> next)
    {
        var element = array.GetType().GetElementType()!;
        if (element.IsPrimitive || element.IsPointer || element.IsEnum) return Header + Buffer.ByteLength(array);
        var width = element.IsValueType ? Math.Max(1, FieldsOf(element).Length) * sizeof(long) : sizeof(long);
        foreach (var item in array)
        {
            if (item is null) continue;
            if (element.IsValueType) Follow(item, item.GetType(), seen, next);
            else Meet(item, seen, next);
        }

        return Header + ((long)array.Length * width);
    }

    private static void Follow(object owner, Type type, HashSet<object> seen, Stack<object> next)
    {
        foreach (var field in FieldsOf(type))
        {
            if (field.FieldType.IsPrimitive || field.FieldType.IsEnum || field.GetValue(owner) is not { } value) continue;
            if (field.FieldType.IsValueType) Follow(value, value.GetType(), seen, next);
            else Meet(value, seen, next);
        }
    }

    private static void Meet(object one, HashSet<object> seen, Stack<object> next)
    {
        if (!IsOfTheTest(one.GetType()) && seen.Add(one)) next.Push(one);
    }

    private static bool IsOfTheTest(Type type) =>
        typeof(MemberInfo).IsAssignableFrom(type)
        || type.FullName is not { } name
        || name.StartsWith("Talo.Reactive.Testing.", StringComparison.Ordinal)
        || name.StartsWith("Talo.Reactive.Tests.", StringComparison.Ordinal)
        || name.StartsWith("NUnit.", StringComparison.Ordinal)
        || name.StartsWith("System.Reflection.", StringComparison.Ordinal)
        || name.StartsWith("System.Threading.Thread", StringComparison.Ordinal);

    private static FieldInfo[] FieldsOf(Type type)
    {
        if (Fields.TryGetValue(type, out var known)) return known;
        var fields = new List<FieldInfo>();
        for (var of = type; of is not null; of = of.BaseType)
        {
            foreach (var field in of.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer && !field.FieldType.IsByRef && !field.FieldType.IsByRefLike) fields.Add(field);
            }
        }

        return Fields[type] = [.. fields];
    }
}
