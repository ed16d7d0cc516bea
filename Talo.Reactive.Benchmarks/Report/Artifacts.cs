using System;
using System.IO;
using Newtonsoft.Json;

namespace Talo.Reactive.Benchmarks.Report;

/// <summary>Results on disk: <c>artifacts/*.json</c> at the root of the repository, which git ignores.</summary>
internal static class Artifacts
{
    internal static void Write(string name, object results)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonConvert.SerializeObject(results, Formatting.Indented) + "\n");
        Console.WriteLine($"Written to {Path.GetRelativePath(Root(), path)}.");
    }

    internal static string PathOf(string name) => Path.Combine(Root(), "artifacts", name + ".json");

    /// <summary>The folder of the solution; the current one where there is none above the program.</summary>
    internal static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Talo.Reactive.sln"))) return at.FullName;
        }

        return Environment.CurrentDirectory;
    }
}
