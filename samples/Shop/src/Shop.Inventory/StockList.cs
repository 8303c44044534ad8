using System.Globalization;
using Shop.Domain;

namespace Shop.Inventory;

/// <summary>Reads deliveries from the suppliers' lists: a unit, a semicolon and a number on each line.</summary>
public static class StockList
{
    /// <summary>Reads one line.</summary>
    public static Result<(Sku Sku, int Quantity)> ParseLine(string line)
    {
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        if (parts.Length != 2)
            return Result<(Sku, int)>.Failure($"\"{line}\" does not have two fields.");
        if (!Sku.TryParse(parts[0], out var sku))
            return Result<(Sku, int)>.Failure($"\"{parts[0]}\" is no stock-keeping unit.");
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var quantity))
            return Result<(Sku, int)>.Failure($"\"{parts[1]}\" is no number.");
        return Result<(Sku, int)>.Success((sku, quantity));
    }

    /// <summary>Books a whole list and returns the reasons for the lines that were left out.</summary>
    public static async Task<IReadOnlyList<string>> ImportAsync(
        this IStockLedger ledger, TextReader reader, CancellationToken cancellationToken = default)
    {
        List<string> refused = [];
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var parsed = ParseLine(line);
            if (parsed.IsSuccess)
                await ledger.ReceiveAsync(parsed.Value.Sku, parsed.Value.Quantity, cancellationToken);
            else
                refused.Add(parsed.Error!);
        }

        return refused;
    }
}
