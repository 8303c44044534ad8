using Shop.Domain;
using Shop.Orders;
using Shop.Payments;

namespace Shop.Web.Endpoints;

/// <summary>Buying.</summary>
public static class OrderEndpoints
{
    /// <summary>Adds the routes below <c>/orders</c>.</summary>
    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/orders");
        group.MapGet("/", ListAsync);
        group.MapPost("/", PlaceAsync);
        group.MapDelete("/{number}", CancelAsync);
    }

    private static async Task<Page<OrderResponse>> ListAsync(
        IOrderStore store, CancellationToken cancellationToken, int offset = 0, int limit = 50)
    {
        var page = await store.ListAsync(offset, Math.Clamp(limit, 1, 200), cancellationToken);
        return page.Map(OrderResponse.From);
    }

    private static async Task<IResult> PlaceAsync(
        OrderService orders, PlaceOrderRequest request, CancellationToken cancellationToken)
    {
        var customer = new Customer(CustomerId.New(), request.Name, request.Email, request.Billing);
        List<BasketItem> basket = [.. request.Items.Select(item => new BasketItem(Sku.Parse(item.Sku), item.Quantity))];
        var card = request.Card is null ? null : new CardNumber(request.Card);

        var result = await orders.PlaceAsync(customer, basket, request.Method, card, cancellationToken);
        return result.IsSuccess
            ? Results.Created($"/orders/{result.Value.Id}", OrderResponse.From(result.Value))
            : Results.Conflict(result.Error);
    }

    private static Task<IResult> CancelAsync(
        OrderService orders, string number, CancellationToken cancellationToken)
    {
        var result = await orders.CancelAsync(new OrderId(number), cancellationToken);
        return result.IsSuccess ? Results.NoContent() : Results.NotFound(result.Error);
    }
}
