using Shop.Orders;
using Shop.Web;
using Shop.Web.Endpoints;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShop(SampleProducts.All);
builder.Services.AddExceptionHandler<DomainExceptionHandler>();
builder.Services.AddProblemDetails();

var app = builder.Build();
app.UseExceptionHandler();
app.MapCatalog();
app.MapOrders();
app.Run();
