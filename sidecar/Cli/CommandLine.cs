using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging;
using QwenIde.Export.Hub;
using QwenIde.Sidecar.Startup;
using QwenIde.Workspace;

namespace QwenIde.Sidecar.Cli;

/// <summary>
/// The commands and their options. Parsing touches nothing of the workspace: its types may only be used once Roslyn has
/// been chosen, which each command that needs it does first.
/// </summary>
internal static class CommandLine
{
    // Longer than any write of a change set; a second Ctrl+C ends the process at once.
    private static readonly TimeSpan TimeToCancel = TimeSpan.FromSeconds(30);

    /// <summary>Runs <c>qwenide</c> and gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, Surroundings surroundings)
    {
        Console.OutputEncoding = Encoding.UTF8;
        ParseResult parsed = Create(surroundings).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(VisibleText.Escape(error.Message));
            await Console.Error.WriteLineAsync("`qwenide --help` shows the commands and their options.");
            return ExitCode.BadInput;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToCancel,
        });
    }

    private static RootCommand Create(Surroundings surroundings) =>
        new("A private coding assistant for C#; nothing leaves this machine.")
        {
            CreateServe(surroundings),
            CreateFix(surroundings),
            CreateDoctor(surroundings),
            ModelCommandLine.Create(surroundings),
        };

    private static Command CreateServe(Surroundings surroundings)
    {
        var stdio = new Option<bool>("--stdio") { Description = "Speak over standard input and output; the only way there is, and so to be given." };
        var parent = new Option<int?>("--parent-pid") { Description = "End when this process ends." };
        var level = new Option<LogLevel>("--log-level")
        {
            Description = "The least grave entries that are logged to standard error.",
            DefaultValueFactory = _ => LogLevel.Information,
        };
        var command = new Command("serve", "Serve an editor: the Language Server Protocol, and conversations.") { stdio, parent, level };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(stdio))
                result.AddError("Say --stdio: editors are served over standard input and output.");
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            // Before anything else can write there: standard output carries the protocol.
            Console.SetOut(Console.Error);
            return GuardAsync(() => ServeAsync(
                new ServeArguments(parsed.GetValue(parent), parsed.GetValue(level)), surroundings, cancellationToken));
        });
        return command;
    }

    private static Command CreateFix(Surroundings surroundings)
    {
        var path = new Argument<string>("path") { Description = "A .sln, .slnx or .csproj file, or a folder.", DefaultValueFactory = _ => "." };
        var apply = new Option<bool>("--apply") { Description = "Write the repairs: all files or none." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object (docs/cli.md)." };
        var trust = new Option<bool>("--trust") { Description = "Let MSBuild load the solution. This runs code of the repository." };
        var only = new Option<string[]>("--only") { Description = "Only these diagnostics, such as CS0246; may be repeated.", DefaultValueFactory = _ => [] };
        only.Validators.Add(result =>
        {
            foreach (var id in result.Tokens.Select(token => token.Value).Where(id => !IsDiagnosticId(id)))
                result.AddError($"'{id}' is no diagnostic of the compiler; expected something like CS0246.");
        });
        path.Validators.Add(result =>
        {
            // What looks like an option and is none would be taken for a path.
            if (result.Tokens is [{ Value: ['-', ..] value }, ..])
                result.AddError($"There is no option '{value}'.");
        });
        Option<bool> plain = PlainOption();
        var command = new Command("fix", "List the compiler's errors and repair those that can be repaired.") { path, apply, json, trust, only, plain };
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new FixArguments(
                Path.GetFullPath(parsed.GetValue(path)!),
                parsed.GetValue(apply),
                parsed.GetValue(json),
                parsed.GetValue(trust),
                parsed.GetValue(only)!.Select(id => id.ToUpperInvariant()).ToImmutableHashSet(StringComparer.Ordinal));
            var terminal = Terminal.Create(parsed.GetValue(plain) || surroundings.NoColor);
            return GuardAsync(() => FixAsync(arguments, terminal, surroundings, cancellationToken));
        });
        return command;
    }

    private static Command CreateDoctor(Surroundings surroundings)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object (docs/cli.md)." };
        Option<bool> plain = PlainOption();
        var command = new Command("doctor", "Say what this machine has and lacks; nothing is started or changed.") { json, plain };
        command.SetAction((parsed, _) => GuardAsync(() => Task.FromResult(DoctorCommand.Run(
            parsed.GetValue(json), Terminal.Create(parsed.GetValue(plain) || surroundings.NoColor), surroundings))));
        return command;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> ServeAsync(ServeArguments arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        string? advice = null;
        string? obstacle = null;
        try
        {
            advice = ProcessSetup.PrepareForWorkspace(surroundings);
        }
        catch (WorkspaceLoadException exception)
        {
            // The editor is told, and can still talk to us.
            obstacle = exception.Message;
        }
        return ServeCommand.RunAsync(arguments, surroundings.PackagesFolder, advice, obstacle, cancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> FixAsync(
        FixArguments arguments, Terminal terminal, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (ProcessSetup.PrepareForWorkspace(surroundings) is { } advice)
            terminal.WriteError(advice);
        return FixCommand.RunAsync(arguments, surroundings.PackagesFolder, terminal, cancellationToken);
    }

    // The one place where an exception becomes a sentence and an exit code.
    internal static async Task<int> GuardAsync(Func<Task<int>> run, string stopped = "Stopped; nothing was written.")
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(stopped);
            return ExitCode.Cancelled;
        }
        catch (WorkspaceLoadException exception)
        {
            await Console.Error.WriteLineAsync(VisibleText.Escape(exception.Message));
            return ExitCode.BadInput;
        }
        catch (HubException exception)
        {
            await Console.Error.WriteLineAsync(VisibleText.Escape(exception.Message));
            return ExitCode.BadInput;
        }
        catch (ChangeSetConflictException exception)
        {
            await Console.Error.WriteLineAsync(VisibleText.Escape(exception.Message));
            return ExitCode.ProblemsRemain;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync("qwenide failed, which is a fault of its own; please report this:");
            foreach (var line in exception.ToString().Split('\n'))
                await Console.Error.WriteLineAsync(VisibleText.Escape(line.TrimEnd('\r')));
            return ExitCode.InternalError;
        }
    }

    internal static Option<bool> PlainOption() => new("--no-color") { Description = "No colours and no progress bars." };

    private static bool IsDiagnosticId(string id) =>
        id.Length is > 2 and <= 16 && char.IsAsciiLetter(id[0]) && id.All(char.IsAsciiLetterOrDigit) && char.IsAsciiDigit(id[^1]);
}
