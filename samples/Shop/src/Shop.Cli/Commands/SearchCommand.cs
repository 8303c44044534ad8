using Shop.Domain;
using Shop.Domain.Formatting;

namespace Shop.Cli.Commands;

/// <summary>Lists products by a word.</summary>
public sealed class SearchCommand(ICatalog catalog) : ICommand
{
    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    public async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var word = arguments.FirstOrDefault() ?? "";
        var found = 0;
        await foreach (var product in catalog.SearchAsync(word, cancellationToken))
        {
            await output.WriteLineAsync(
                $"{product.Sku}  {product.Price.ToColumn()}  {product.WeightInGrams.ToWeight(),8}  {product.Name}");
            found++;
        }

        return found > 0 ? 0 : 1;
    }
}
