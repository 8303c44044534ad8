using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Protocol.Acp;

/// <summary>A piece of content, of one of several kinds.</summary>
[JsonConverter(typeof(Converter))]
public abstract record ContentBlock
{
    /// <summary>Tells the kinds apart.</summary>
    public abstract string Type { get; }

    internal sealed class Converter() : KindConverter<ContentBlock>("type")
    {
        protected override Type? TypeFor(string kind) => kind switch
        {
            "text" => typeof(TextContent),
            "resource_link" => typeof(ResourceLink),
            _ => null,
        };

        protected override ContentBlock Unknown(JsonElement value) => new UnknownContent(value);
    }
}

/// <summary>Markdown.</summary>
public sealed record TextContent : ContentBlock
{
    /// <summary><c>text</c>.</summary>
    public override string Type => "text";

    /// <summary>The text.</summary>
    public required string Text { get; init; }
}

/// <summary>Names something that the agent can read.</summary>
public sealed record ResourceLink : ContentBlock
{
    /// <summary><c>resource_link</c>.</summary>
    public override string Type => "resource_link";

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its address.</summary>
    public required string Uri { get; init; }
}

/// <summary>Content of a kind that we do not know.</summary>
public sealed record UnknownContent(JsonElement Value) : ContentBlock, IUnknownKind
{
    /// <summary>What the peer calls it.</summary>
    public override string Type => Value.GetProperty("type").GetString()!;
}
