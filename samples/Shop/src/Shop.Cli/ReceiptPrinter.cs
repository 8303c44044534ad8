using System.Text;
using Shop.Domain;
using Shop.Domain.Formatting;

namespace Shop.Cli;

/// <summary>Sets a receipt for the till's printer, forty columns wide.</summary>
public sealed class ReceiptPrinter
{
    private const int Width = 40;

    /// <summary>The receipt of one order.</summary>
    public string Print(Order order)
    {
        var text = new StringBuilder();
        text.AppendLine($"Order {order.Id}".PadLeft(Width));
        foreach (var line in order.Customer.Billing.ToLines())
            text.AppendLine(line);

        text.AppendLine(new string('─', Width));
        foreach (var line in order.Lines)
            text.AppendLine($"{line.Quantity,3} × {line.Name,-20}{line.Total.ToColumn()}");

        text.AppendLine(new string('─', Width));
        text.Append($"Sum{order.Subtotal.ToColumn(Width - 3)}");
        return text.ToString();
    }
}
