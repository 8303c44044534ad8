using System.Text.Json;

namespace QwenIde.Protocol.Acp;

/// <summary>The first request of a connection that speaks the Agent Client Protocol alone.</summary>
public sealed record AgentInitializeParams
{
    /// <summary>The newest major version that the client speaks.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>What the client can do.</summary>
    public AgentClientCapabilities? ClientCapabilities { get; init; }

    /// <summary>Which client this is.</summary>
    public AgentImplementation? ClientInfo { get; init; }
}

/// <summary>What the client can do.</summary>
public sealed record AgentClientCapabilities
{
    /// <summary>Which file requests it serves.</summary>
    public FileSystemCapabilities? Fs { get; init; }

    /// <summary>Whether it serves the <c>terminal/*</c> requests.</summary>
    public bool Terminal { get; init; }
}

/// <summary>Which file requests a client serves.</summary>
public sealed record FileSystemCapabilities
{
    /// <summary><c>fs/read_text_file</c>.</summary>
    public bool ReadTextFile { get; init; }

    /// <summary><c>fs/write_text_file</c>.</summary>
    public bool WriteTextFile { get; init; }
}

/// <summary>The name and version of a program.</summary>
public sealed record AgentImplementation
{
    /// <summary>Its name for programs.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public string? Title { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }
}

/// <summary>What the agent answers.</summary>
public sealed record AgentInitializeResult
{
    /// <summary>The version that will be spoken.</summary>
    public required int ProtocolVersion { get; init; }

    /// <summary>What the agent can do.</summary>
    public AgentCapabilities? AgentCapabilities { get; init; }

    /// <summary>Which agent this is.</summary>
    public AgentImplementation? AgentInfo { get; init; }

    /// <summary>Ways to sign in: none with us.</summary>
    public IReadOnlyList<JsonElement> AuthMethods { get; init; } = [];
}

/// <summary>What the agent can do.</summary>
public sealed record AgentCapabilities
{
    /// <summary>Whether it serves <c>session/load</c>.</summary>
    public bool LoadSession { get; init; }

    /// <summary>What a prompt may hold beside text and links.</summary>
    public PromptCapabilities? PromptCapabilities { get; init; }
}

/// <summary>What a prompt may hold beside text and links.</summary>
public sealed record PromptCapabilities
{
    /// <summary>Pictures.</summary>
    public bool Image { get; init; }

    /// <summary>Sound.</summary>
    public bool Audio { get; init; }

    /// <summary>Whole resources.</summary>
    public bool EmbeddedContext { get; init; }
}
