using System.Text;

namespace QwenIde.Sidecar.Tests.Process;

/// <summary>A temporary folder with a name that is hard on paths, deleted with its content.</summary>
internal sealed class TestFolder : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public string Root { get; } = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"qwenide-{Guid.NewGuid():N}", "Müller & Söhne #1")).FullName;

    /// <summary>A project that needs no restore.</summary>
    public TestFolder WithProject(string name = "Laden", string extra = "")
    {
        Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                {extra}
              </PropertyGroup>
            </Project>
            """);
        return this;
    }

    public string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    public string Write(string relative, string text, bool mark = false)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [.. mark ? Encoding.UTF8.Preamble : default, .. Utf8.GetBytes(text)]);
        return path;
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);
}
