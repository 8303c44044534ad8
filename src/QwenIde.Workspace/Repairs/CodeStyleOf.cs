using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace QwenIde.Workspace.Repairs;

/// <summary>What a file shows of its own style: line endings and indentation. Repairs write as the file does.</summary>
internal static class CodeStyleOf
{
    /// <summary>The line ending that most lines of a text have; that of a text without lines is <c>\n</c>.</summary>
    public static string NewLine(SourceText text)
    {
        var carriageReturns = 0;
        var lines = text.Lines.Count - 1;
        for (var line = 0; line < lines; line++)
        {
            if (text.Lines[line].EndIncludingLineBreak - text.Lines[line].End == 2)
                carriageReturns++;
        }
        return carriageReturns * 2 > lines ? "\r\n" : "\n";
    }

    /// <summary>One step of indentation: a tab, or as many spaces as the shallowest indented line shows.</summary>
    public static string Indentation(SourceText text)
    {
        var tabs = 0;
        var counts = new SortedDictionary<int, int>();
        foreach (var line in text.Lines)
        {
            var spaces = 0;
            while (line.Start + spaces < line.End && text[line.Start + spaces] == ' ')
                spaces++;
            if (spaces == 0 && line.Start < line.End && text[line.Start] == '\t')
                tabs++;
            else if (spaces > 1 && line.Start + spaces < line.End && text[line.Start + spaces] != '*')
                counts[spaces] = counts.GetValueOrDefault(spaces) + 1;
        }
        if (tabs > counts.Values.Sum())
            return "\t";
        var smallest = counts.Keys.FirstOrDefault(4);
        return new string(' ', smallest is 2 or 3 or 8 ? smallest : 4);
    }

    /// <summary>The white space that a line begins with.</summary>
    public static string IndentationAt(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && text[end] is ' ' or '\t')
            end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    /// <summary>The same edits with the line endings of the text that they are made for.</summary>
    public static IEnumerable<TextChange> WithLineEndingsOf(SourceText text, IEnumerable<TextChange> edits)
    {
        var newLine = NewLine(text);
        return edits.Select(edit => AroundLineBreaks(text, edit))
            .Select(edit => new TextChange(edit.Span, WithLineEndings(edit.NewText ?? "", newLine)));
    }

    /// <summary>A change that begins or ends between CR and LF has no position there: it takes both, or neither.</summary>
    public static TextChange AroundLineBreaks(SourceText text, TextChange change)
    {
        var (start, end, fresh) = (change.Span.Start, change.Span.End, change.NewText ?? "");
        if (IsInside(start))
            (start, fresh) = (start - 1, "\r" + fresh);
        if (IsInside(end))
            (end, fresh) = (end + 1, fresh + "\n");
        return new TextChange(TextSpan.FromBounds(start, end), fresh);

        bool IsInside(int position) => position > 0 && position < text.Length && text[position - 1] == '\r' && text[position] == '\n';
    }

    /// <summary>A text with all of its line breaks made <paramref name="newLine"/>.</summary>
    public static string WithLineEndings(string text, string newLine) =>
        text.Contains('\n', StringComparison.Ordinal)
            ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", newLine, StringComparison.Ordinal)
            : text;

    /// <summary>
    /// The document as the SDK's fixers should see it: where its indentation is not four spaces, a fork of the solution says
    /// so in an editor configuration, which is how those fixers learn it.
    /// </summary>
    public static async Task<Document> FileAsync(Document document, CancellationToken cancellationToken)
    {
        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var indentation = Indentation(text);
        if (indentation == "    " || document.FilePath is not { } path || document.Project.AnalyzerConfigDocuments.Any())
            return document;
        var style = indentation == "\t" ? "indent_style = tab\nindent_size = 4" : $"indent_style = space\nindent_size = {indentation.Length}";
        var folder = Path.GetDirectoryName(path) ?? "/";
        return document.Project.Solution
            .AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(document.Project.Id), ".editorconfig",
                SourceText.From($"root = true\n[*.cs]\n{style}\n"), filePath: Path.Combine(folder, ".editorconfig"))
            .GetDocument(document.Id)!;
    }
}
