using System.Collections.Immutable;
using QwenIde.Sidecar.Doctor;
using QwenIde.Sidecar.Startup;
using Spectre.Console;

namespace QwenIde.Sidecar.Cli;

/// <summary><c>qwenide doctor</c>: what this machine has and lacks.</summary>
internal static class DoctorCommand
{
    /// <summary>Runs the command and gives its exit code.</summary>
    public static int Run(bool asJson, Terminal terminal, Surroundings surroundings)
    {
        ImmutableArray<Finding> findings = Examination.Run(surroundings);
        if (asJson)
            Terminal.WriteJson(new DoctorReport(Format: 1, Product.Version, findings).ToJson());
        else
            Show(findings, terminal);
        return findings.Any(finding => finding.State == FindingState.Missing) ? ExitCode.ProblemsRemain : ExitCode.Success;
    }

    private static void Show(ImmutableArray<Finding> findings, Terminal terminal)
    {
        terminal.WriteLine($"qwenide {Product.Version}", new Style(decoration: Decoration.Bold));
        var width = findings.Max(finding => finding.Name.Length);
        foreach (Finding finding in findings)
        {
            (var mark, Color color) = finding.State switch
            {
                FindingState.Ok => ("ok     ", Color.Green),
                FindingState.Warn => ("warn   ", Color.Yellow),
                FindingState.Missing => ("missing", Color.Red),
                _ => ("unknown", Color.Grey),
            };
            terminal.WriteLine($"{mark}  {finding.Name.PadRight(width)}  {finding.Value}", new Style(color));
            if (finding.Advice is { } advice)
                terminal.WriteLine($"{new string(' ', 11 + width)}{advice}");
        }
    }
}
