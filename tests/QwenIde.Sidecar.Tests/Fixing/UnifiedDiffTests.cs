using QwenIde.Sidecar.Fixing;

namespace QwenIde.Sidecar.Tests.Fixing;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_no_diff() => Assert.Empty(UnifiedDiff.Create("a.cs", "x\ny\n", "x\ny\n"));

    [Fact]
    public void A_changed_line_is_shown_between_three_lines_of_context() => AssertDiff(
        before: "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
        after: "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
        """
        --- a/a.cs
        +++ b/a.cs
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8

        """);

    [Fact]
    public void A_line_added_at_the_top_names_no_line_before_it() => AssertDiff(
        before: "class C;\n",
        after: "using System;\nclass C;\n",
        """
        --- a/a.cs
        +++ b/a.cs
        @@ -1 +1,2 @@
        +using System;
         class C;

        """);

    [Fact]
    public void A_text_that_begins_from_nothing_starts_at_line_zero() => AssertDiff(
        before: "",
        after: "x\n",
        """
        --- a/a.cs
        +++ b/a.cs
        @@ -0,0 +1 @@
        +x

        """);

    [Fact]
    public void Changes_far_apart_stand_in_hunks_of_their_own()
    {
        var lines = Enumerable.Range(1, 30).Select(number => $"line {number}").ToArray();
        var before = string.Join('\n', lines) + "\n";
        lines[1] = "changed";
        lines[27] = "changed too";
        var diff = UnifiedDiff.Create("a.cs", before, string.Join('\n', lines) + "\n");
        Assert.Equal(2, diff.Count(line => line.Kind == DiffLineKind.Hunk));
        Assert.Equal("@@ -25,6 +25,6 @@", diff.Last(line => line.Kind == DiffLineKind.Hunk).Text);
    }

    [Fact]
    public void A_changed_line_ending_is_a_change_and_is_not_printed_as_a_carriage_return()
    {
        var diff = UnifiedDiff.Create("a.cs", "x\r\n", "x\n");
        Assert.Equal(["-x", "+x"], diff.Skip(3).Select(line => line.Text));
    }

    [Fact]
    public void A_missing_last_line_ending_is_said() => AssertDiff(
        before: "x",
        after: "y\n",
        """
        --- a/a.cs
        +++ b/a.cs
        @@ -1 +1 @@
        -x
        \ No newline at end of file
        +y

        """);

    private static void AssertDiff(string before, string after, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), UnifiedDiff.ToText(UnifiedDiff.Create("a.cs", before, after)));
}
