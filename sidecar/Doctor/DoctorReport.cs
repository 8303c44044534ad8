using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QwenIde.Sidecar.Doctor;

/// <summary>How a finding is to be read.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")] Ok,
    /// <summary>Works, with less than it could.</summary>
    [JsonStringEnumMemberName("warn")] Warn,
    /// <summary>Needed, and not there.</summary>
    [JsonStringEnumMemberName("missing")] Missing,
    /// <summary>Cannot be told without running programs.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,
}

/// <summary>One thing that this machine has or lacks.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Value">What was found.</param>
/// <param name="Advice">What to do about it; null where nothing needs doing.</param>
internal sealed record Finding(string Name, FindingState State, string Value, string? Advice = null);

/// <summary>What <c>qwenide doctor --json</c> prints.</summary>
internal sealed record DoctorReport(int Format, string Version, ImmutableArray<Finding> Findings)
{
    /// <summary>The object as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DoctorReportJson.Default.DoctorReport);
}

/// <summary>The generated serialiser of <see cref="DoctorReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorReportJson : JsonSerializerContext;
