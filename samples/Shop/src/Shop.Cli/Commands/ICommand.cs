namespace Shop.Cli.Commands;

/// <summary>Something that can be done at the terminal.</summary>
public interface ICommand
{
    /// <summary>The word that calls it.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken);
}
