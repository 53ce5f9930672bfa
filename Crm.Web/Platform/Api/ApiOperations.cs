using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Web.Platform.Api;

/// <summary>Writes into the API's description what endpoints say by <see cref="ApiShape"/>.</summary>
static class ApiOperations
{
    /// <summary>Body, questions, and that no token is needed.</summary>
    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ApiTakes>().FirstOrDefault() is { } takes)
        {
            var schema = await context.GetOrCreateSchemaAsync(takes.Body, null, ct);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = schema.Required is { Count: > 0 },
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        }
        foreach (var asks in metadata.OfType<ApiAsks>())
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = asks.Name, In = ParameterLocation.Query, Description = asks.Meaning, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        if (metadata.OfType<IAllowAnonymous>().Any()) operation.Security = [];
    }

    /// <summary>Instants are written by a converter of our own, which the framework cannot look into.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken _)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type != typeof(DateTime)) return Task.CompletedTask;
        schema.Type = type == context.JsonTypeInfo.Type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Format = "date-time";
        return Task.CompletedTask;
    }
}
