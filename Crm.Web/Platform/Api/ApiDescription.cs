using Crm.Web.Platform.Web;
using Microsoft.OpenApi;

namespace Crm.Web.Platform.Api;

/// <summary>The API described for programs at /api/schema/, and for people at /api/docs/.</summary>
public static class ApiDescription
{
    public const string SchemaPath = ApiPaths.Root + "/schema/";
    private const string DocsPath = ApiPaths.Root + "/docs";
    private const string Bearer = "Bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddSingleton<ApiSchema>().AddOpenApi(document =>
    {
        document.ShouldInclude = endpoint => endpoint.RelativePath is { } path && ApiPaths.IsDescribed(path);
        document.AddOperationTransformer(ApiOperations.DescribeAsync);
        document.AddSchemaTransformer(ApiOperations.DescribeAsync);
        document.AddDocumentTransformer((description, _, _) =>
        {
            description.Info = new OpenApiInfo { Title = "Afro-Caribbean CRM API", Version = "1.0.0" };
            description.Servers = [];
            description.Components ??= new OpenApiComponents();
            description.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
            };
            description.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, description)] = [] }];
            return Task.CompletedTask;
        });
    });

    /// <summary>For people: Swagger UI, which writes style sheets into its page; scripts come from files here as everywhere.</summary>
    public static WebApplication UseApiDocs(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(DocsPath), branch => branch.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.Policy(null).Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);
            return next(context);
        }));
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = DocsPath[1..];
            page.DocumentTitle = "Afro-Caribbean CRM API";
            page.SwaggerEndpoint(SchemaPath, "Afro-Caribbean CRM API");
        });
        return app;
    }

    public static void MapApiDescription(this IEndpointRouteBuilder routes) =>
        routes.MapGet(SchemaPath, (HttpContext context, ApiSchema schema) => schema.AnswerAsync(context)).AllowAnonymous().ExcludeFromDescription();
}
