using Shop.Domain;

namespace Shop.Web.Endpoints;

/// <summary>Looking around.</summary>
public static class CatalogEndpoints
{
    /// <summary>Adds the routes below <c>/products</c>.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/products");
        group.MapGet("/", SearchAsync);
        group.MapGet("/{sku}", FindAsync);
    }

    private static async IAsyncEnumerable<ProductResponse> SearchAsync(ICatalog catalog, string? word)
    {
        await foreach (var product in catalog.SearchAsync(word ?? ""))
            yield return ProductResponse.From(product);
    }

    private static async Task<IResult> FindAsync(ICatalog catalog, string sku, CancellationToken cancellationToken)
    {
        if (!Sku.TryParse(sku, out var parsed))
            return Results.BadRequest($"\"{sku}\" is no stock-keeping unit.");
        var product = await catalog.FindAsync(parsed, cancellationToken);
        return product is null ? Results.NotFound() : Results.Ok(ProductResponse.From(product));
    }
}
