using System.Collections.Immutable;
using System.Text;

namespace QwenIde.Qwen.Prompting;

/// <summary>Collects the runs of a prompt, neighbouring text as one, and where messages end.</summary>
internal sealed class PromptBuilder
{
    private readonly ImmutableArray<PromptRun>.Builder _runs = ImmutableArray.CreateBuilder<PromptRun>();
    private readonly List<int> _messageEnds = [];
    private readonly StringBuilder _text = new();
    private int _systemEnd;

    /// <summary>Text that the template writes: spellings of control tokens in it are these tokens.</summary>
    public PromptBuilder Literal(string text)
    {
        while (text.Length > 0)
        {
            if (ControlTokens.OfTemplates.FirstOrDefault(token => text.StartsWith(token, StringComparison.Ordinal)) is { } token)
            {
                Special(token);
                text = text[token.Length..];
                continue;
            }

            var next = text.IndexOf('<', 1);
            var length = next < 0 ? text.Length : next;
            Content(text[..length]);
            text = text[length..];
        }

        return this;
    }

    /// <summary>Text that comes from elsewhere: nothing in it is a control token.</summary>
    public PromptBuilder Content(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>One control token.</summary>
    public PromptBuilder Special(string token) => Add(PromptRun.OfSpecial(token));

    /// <summary>Ids that stand for a text.</summary>
    public PromptBuilder Ids(ImmutableArray<int> ids, string text) => Add(PromptRun.OfIds(ids, text));

    /// <summary>The first system turn ends here.</summary>
    public void EndSystem()
    {
        EndText();
        _systemEnd = _runs.Count;
    }

    /// <summary>A message ends here.</summary>
    public void EndMessage()
    {
        EndText();
        _messageEnds.Add(_runs.Count);
    }

    /// <summary>What was collected.</summary>
    public RenderedPrompt Build()
    {
        EndText();
        return new RenderedPrompt(_runs.ToImmutable(), _systemEnd, [.. _messageEnds]);
    }

    private PromptBuilder Add(PromptRun run)
    {
        EndText();
        _runs.Add(run);
        return this;
    }

    private void EndText()
    {
        if (_text.Length == 0)
            return;
        if (_runs.Count > 0 && _runs[^1].Kind == PromptRunKind.Text)
            JoinToLast();
        else
            _runs.Add(PromptRun.OfText(_text.ToString()));
        _text.Clear();
    }

    /// <summary>Text on both sides of an end is encoded as one, so such an end moves before it.</summary>
    private void JoinToLast()
    {
        var before = _runs.Count - 1;
        _runs[before] = PromptRun.OfText(_runs[before].Text + _text);
        _systemEnd = Math.Min(_systemEnd, before);
        for (var i = _messageEnds.Count - 1; i >= 0 && _messageEnds[i] > before; i--)
            _messageEnds[i] = before;
    }
}
