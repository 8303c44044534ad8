using System.ComponentModel;
using System.Diagnostics;

namespace QwenIde.Sidecar.LanguageServer;

/// <summary>Watches the process for whose sake this one runs.</summary>
internal static class ParentWatch
{
    /// <summary>Ends when the process has ended, or at once if there is none with this id.</summary>
    public static async Task WaitForEndAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using var parent = Process.GetProcessById(processId);
            await parent.WaitForExitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It is gone already.
        }
        catch (Win32Exception)
        {
            // It belongs to someone else and cannot be watched; the end of standard input still tells.
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
