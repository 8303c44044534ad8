namespace QwenIde.Sidecar.Cli;

/// <summary>What <c>qwenide</c> tells the shell. <c>serve</c> follows the Language Server Protocol instead.</summary>
internal static class ExitCode
{
    /// <summary>Nothing is wrong, or everything was repaired.</summary>
    public const int Success = 0;

    /// <summary>It ran, and problems remain.</summary>
    public const int ProblemsRemain = 1;

    /// <summary>The command line or the input is not usable; a sentence on standard error says why.</summary>
    public const int BadInput = 2;

    /// <summary>A fault of the program itself.</summary>
    public const int InternalError = 3;

    /// <summary>Stopped by the user; 128 + SIGINT, as shells expect.</summary>
    public const int Cancelled = 130;
}
