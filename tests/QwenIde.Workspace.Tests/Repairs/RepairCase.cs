using System.Collections.Immutable;

namespace QwenIde.Workspace.Tests.Repairs;

/// <summary>
/// A small program with one planted problem, and the texts that count as its repair. The form of a <c>.repair</c> file:
/// <code>
/// id: CS0246
/// title: a client parses JSON without importing its namespace
/// projects: Core, Web -> Core        (optional; a file then lies in the project that its path begins with)
/// newline: crlf                      (optional)
/// === Orders/OrderParser.cs
/// the program
/// === expect
/// @@ Orders/OrderParser.cs           (optional while the case has one file)
///  a line that stays
/// -a line that goes
/// +a line that comes
/// @@                                 (between two places of the same file)
/// </code>
/// Several <c>=== expect</c> sections are alternatives, each acceptable.
/// </summary>
public sealed record RepairCase(
    string Name,
    string Id,
    string Title,
    ImmutableArray<(string Name, ImmutableArray<string> References)> Projects,
    ImmutableSortedDictionary<string, string> Files,
    ImmutableArray<ImmutableSortedDictionary<string, string>> Expected)
{
    public static RepairCase Read(string path)
    {
        var header = new Dictionary<string, string>();
        var sections = new List<(string Name, List<string> Lines)>();
        foreach (var line in File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
                sections.Add((line[4..].Trim(), []));
            else if (sections.Count > 0)
                sections[^1].Lines.Add(line);
            else if (line.Split(':', 2) is [var key, var value])
                header[key.Trim()] = value.Trim();
        }

        var newLine = header.GetValueOrDefault("newline") == "crlf" ? "\r\n" : "\n";
        var files = sections.Where(section => section.Name != "expect")
            .ToImmutableSortedDictionary(section => section.Name, section => string.Join('\n', section.Lines) + "\n");
        var expected = sections.Where(section => section.Name == "expect")
            .Select(section => Apply(files, section.Lines, path)).ToImmutableArray();
        if (expected.IsEmpty || files.IsEmpty || !header.TryGetValue("id", out var id))
            throw new InvalidDataException($"{path}: a case needs an id, a file and an expectation.");
        return new RepairCase(
            Path.GetFileNameWithoutExtension(path), id, header.GetValueOrDefault("title", ""),
            ReadProjects(header.GetValueOrDefault("projects", "Case")),
            Ending(files, newLine), [.. expected.Select(alternative => Ending(alternative, newLine))]);
    }

    private static ImmutableSortedDictionary<string, string> Ending(ImmutableSortedDictionary<string, string> files, string newLine) =>
        files.ToImmutableSortedDictionary(file => file.Key, file => file.Value.Replace("\n", newLine, StringComparison.Ordinal));

    private static ImmutableArray<(string, ImmutableArray<string>)> ReadProjects(string header) =>
        [.. header.Split(',', StringSplitOptions.TrimEntries).Select(entry => entry.Split("->", StringSplitOptions.TrimEntries))
            .Select(parts => (parts[0], parts.Length > 1 ? parts[1].Split(' ').ToImmutableArray() : []))];

    private static ImmutableSortedDictionary<string, string> Apply(
        ImmutableSortedDictionary<string, string> files, List<string> lines, string path)
    {
        var file = files.Keys.First();
        var (old, fresh) = (new List<string>(), new List<string>());
        foreach (var line in lines.Append("@@"))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                if (old.Count + fresh.Count > 0)
                    files = files.SetItem(file, Replace(files[file], old, fresh, path));
                (old, fresh) = ([], []);
                file = line.Length > 2 ? line[2..].Trim() : file;
                continue;
            }
            var text = line.Length > 0 ? line[1..] : "";
            if (!line.StartsWith('+'))
                old.Add(text);
            if (!line.StartsWith('-'))
                fresh.Add(text);
        }
        return files;
    }

    private static string Replace(string text, List<string> old, List<string> fresh, string path)
    {
        var lines = text.Split('\n').ToList();
        var places = Enumerable.Range(0, lines.Count - old.Count + 1)
            .Where(start => old.Select((line, i) => lines[start + i] == line).All(same => same)).ToList();
        // Lines that only come are put at the top of the file.
        if (old.Count == 0)
            places = [0];
        if (places.Count != 1)
            throw new InvalidDataException($"{path}: {(places.Count == 0 ? "no place" : "several places")} for the hunk that begins with '{old[0]}'.");
        lines.RemoveRange(places[0], old.Count);
        lines.InsertRange(places[0], fresh);
        return string.Join('\n', lines);
    }
}
