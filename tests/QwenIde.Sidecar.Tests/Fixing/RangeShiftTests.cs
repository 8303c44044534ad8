using QwenIde.Sidecar.Fixing;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Tests.Fixing;

public sealed class RangeShiftTests
{
    [Fact]
    public void A_line_inserted_above_moves_the_range_down() =>
        Assert.Equal(Range(6, 4, 6, 9), RangeShift.Through(Range(5, 4, 5, 9), [Edit(0, 0, 0, 0, "using System;\r\n")]));

    [Fact]
    public void An_edit_below_leaves_the_range() =>
        Assert.Equal(Range(5, 4, 5, 9), RangeShift.Through(Range(5, 4, 5, 9), [Edit(5, 20, 6, 0, "x")]));

    [Fact]
    public void An_edit_before_it_on_the_line_moves_it_sideways() =>
        Assert.Equal(Range(5, 7, 5, 12), RangeShift.Through(Range(5, 4, 5, 9), [Edit(5, 0, 5, 1, "long")]));

    [Fact]
    public void Joined_lines_take_it_along() =>
        Assert.Equal(Range(4, 14, 4, 19), RangeShift.Through(Range(5, 4, 5, 9), [Edit(4, 10, 5, 0, "")]));

    [Fact]
    public void What_is_inserted_at_its_ends_stays_outside() =>
        Assert.Equal(
            Range(5, 6, 5, 11),
            RangeShift.Through(Range(5, 4, 5, 9), [Edit(5, 4, 5, 4, "a "), Edit(5, 9, 5, 9, ")")]));

    [Fact]
    public void Several_edits_add_up() =>
        Assert.Equal(
            Range(7, 4, 7, 9),
            RangeShift.Through(Range(5, 4, 5, 9), [Edit(0, 0, 0, 0, "a\n"), Edit(3, 0, 4, 0, "b\nc\n")]));

    private static TextRange Range(int startLine, int start, int endLine, int end) =>
        new(new TextPosition(startLine, start), new TextPosition(endLine, end));

    private static TextEdit Edit(int startLine, int start, int endLine, int end, string text) =>
        new(Range(startLine, start, endLine, end), text);
}
