namespace Crm.Web.Platform.Results;

/// <summary>Says a refusal over HTTP.</summary>
public static class Problems
{
    public static IResult ToProblem(this Error error) => TypedResults.Problem(error.Message, statusCode: error switch
    {
        NotFoundError => StatusCodes.Status404NotFound,
        InvalidError => StatusCodes.Status400BadRequest,
        ConflictError => StatusCodes.Status409Conflict,
        ForbiddenError => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status500InternalServerError,
    });
}
