using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm.Web.Platform.Api;

/// <summary>What an endpoint takes and gives, for the API's description; what it really reads and writes is its own affair.</summary>
public static class ApiShape
{
    private const string Json = "application/json";

    /// <summary>The body, as <see cref="ApiBody"/> reads it.</summary>
    public static RouteHandlerBuilder Takes<TBody>(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ApiTakes(typeof(TBody)));

    /// <summary>What can be asked for in the address behind the question mark.</summary>
    public static RouteHandlerBuilder Asks(this RouteHandlerBuilder endpoint, string name, string meaning) => endpoint.WithMetadata(new ApiAsks(name, meaning));

    /// <summary>The answer when all is well.</summary>
    public static RouteHandlerBuilder Gives<TAnswer>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<TAnswer>(status, Json);

    /// <summary>A refusal in words of its own; the usual ones are told by <see cref="TellUsualRefusals"/>.</summary>
    public static RouteHandlerBuilder Refuses<TAnswer>(this RouteHandlerBuilder endpoint, int status) => endpoint.Produces<TAnswer>(status, Json);

    /// <summary>What stands in the address is no record's name: a wrong one is refused in the endpoint's own words, never as something missing.</summary>
    public static RouteHandlerBuilder NamesNothing(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ApiNamesNothing());

    /// <summary>What every endpoint of a group may answer for what it is: bad fields, no token, another role, no such thing, too often.</summary>
    public static void TellUsualRefusals(this RouteGroupBuilder group) => ((IEndpointConventionBuilder)group).Finally(endpoint =>
    {
        var metadata = endpoint.Metadata;
        var known = metadata.OfType<IProducesResponseTypeMetadata>().Select(m => m.StatusCode).ToHashSet();
        void Tell<T>(int status) { if (known.Add(status)) metadata.Add(new ProducesResponseTypeMetadata(status, typeof(T), [Json])); }

        if (metadata.OfType<ApiTakes>().Any()) Tell<Dictionary<string, string[]>>(StatusCodes.Status400BadRequest);
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
        {
            Tell<ApiDetail>(StatusCodes.Status401Unauthorized);
            Tell<ApiDetail>(StatusCodes.Status403Forbidden);
        }
        if (endpoint is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 } && !metadata.OfType<ApiNamesNothing>().Any()) Tell<ApiDetail>(StatusCodes.Status404NotFound);
        Tell<ApiDetail>(StatusCodes.Status429TooManyRequests);
    });
}

/// <summary>A refusal in one sentence.</summary>
/// <param name="Code">For programs, where one is needed: "token_not_valid".</param>
public sealed record ApiDetail(string Detail, string? Code = null);

/// <summary>A refusal in one sentence, by the name that some addresses use.</summary>
public sealed record ApiErrorText(string Error);

/// <summary>What was done, in one sentence.</summary>
public sealed record ApiMessage(string Message);

sealed record ApiNamesNothing;

sealed record ApiTakes(Type Body);

sealed record ApiAsks(string Name, string Meaning);
