using Crm.Web.Platform.Api;

namespace Crm.Web.Features.Leads.WebForm;

/// <summary>The web form for pages that draw it themselves.</summary>
static class EnquiryEndpoints
{
    private static readonly Dictionary<string, string> Names = new()
    {
        [nameof(Enquiry.Name)] = "name",
        [nameof(Enquiry.Company)] = "company",
        [nameof(Enquiry.Email)] = "email",
        [nameof(Enquiry.Phone)] = "phone",
        [nameof(Enquiry.Message)] = "message",
        [nameof(Enquiry.Agrees)] = "consent",
    };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapApi("/api/v1/enquiries").WithTags("Web form").MapPost("/", SendAsync).AllowAnonymous().WithSummary("An enquiry becomes a lead; consent has to be true")
            .Takes<EnquirySent>().Gives<EnquiryReceived>(StatusCodes.Status201Created);

    private static async Task<IResult> SendAsync(ApiBody body, HttpRequest request, EnquiryService enquiries, CancellationToken ct)
    {
        var fields = new FieldReader(body);
        var enquiry = new Enquiry
        {
            Name = fields.Optional(int.MaxValue, "name"),
            Company = fields.Optional(int.MaxValue, "company"),
            Email = fields.Optional(int.MaxValue, "email"),
            Phone = fields.Optional(int.MaxValue, "phone"),
            Message = fields.Optional(int.MaxValue, "message"),
            Website = fields.Optional(int.MaxValue, "website"),
            Agrees = fields.Flag("consent") ?? false,
            Origin = new EnquiryOrigin(Said("via") ?? Said("utm_source"), Said("utm_medium"), Said("utm_campaign"), Said("utm_content")),
        };
        if (fields.Refusal is { } refusal) return refusal;
        return (await enquiries.SendAsync(enquiry, ct)).Failed(out var error, out _) ? ApiErrors.Of(error, Names) : ApiJson.Created(new EnquiryReceived("Thank you. We will answer soon."));

        // in what is sent, or, where a page hands its own address on, in the address
        string? Said(string name) => fields.Optional(int.MaxValue, name) is { Length: > 0 } sent ? sent : request.Query[name].FirstOrDefault();
    }
}

/// <summary>What a program sends.</summary>
/// <param name="Website">Left empty by people.</param>
/// <param name="Via">Where they found the form; or the utm words, which may stand in the address instead.</param>
public sealed record EnquirySent(
    string Name, bool Consent, string? Company = null, string? Email = null, string? Phone = null, string? Message = null, string? Website = null,
    string? Via = null, string? UtmSource = null, string? UtmMedium = null, string? UtmCampaign = null, string? UtmContent = null);

/// <summary>What a program reads after an enquiry.</summary>
public sealed record EnquiryReceived(string Message);
