using System.Reflection;
using System.Text.Json;

namespace QwenIde.Qwen.Tests.Support;

/// <summary>Where the repository and its golden data are.</summary>
internal static class TestData
{
    /// <summary>The repository's root folder.</summary>
    public static string RepositoryRoot { get; } = typeof(TestData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>
    /// A folder of golden data, such as <c>toolcalls</c>. The environment variable QWENIDE_TEST_DATA names another root of
    /// the same layout; what that one lacks is taken from <c>tests/data</c>.
    /// </summary>
    public static string Folder(string name)
    {
        if (Environment.GetEnvironmentVariable("QWENIDE_TEST_DATA") is { Length: > 0 } other)
        {
            Assert.True(Directory.Exists(other), $"QWENIDE_TEST_DATA names '{other}', which is no folder.");
            if (Directory.Exists(Path.Combine(other, name)))
                return Path.Combine(other, name);
        }

        return Path.Combine(RepositoryRoot, "tests", "data", name);
    }

    /// <summary>A JSON file of golden data.</summary>
    public static JsonElement Json(string folder, string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(folder), file))).RootElement;
}
