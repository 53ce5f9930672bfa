using System.Security.Cryptography;
using System.Text.Json;
using Crm.Data;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Web.Platform.Web;

/// <summary>On a page whose form may come too late: what is typed into these properties of it is there again on the fresh one. Never a password or a code.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsTypedAttribute(params string[] fields) : Attribute
{
    public IReadOnlyList<string> Fields => fields;
}

/// <summary>
/// A form of the shop's own page that came too late: its cookie is gone, somebody signed in or out meanwhile, or the page has no such
/// form any more. Nothing of it is done; it leads back to its page, fresh, with a sentence, and with the names that were typed.
/// </summary>
public sealed class StaleForms(IDataProtectionProvider protection)
{
    /// <summary>In the query of the page that is led back to.</summary>
    public const string Mark = "again";

    private const string Cookie = "typed";
    private const int LongestText = 254;
    private const int MostTexts = 1000;

    // What a page said of the time before.
    private static readonly string[] Said = [Mark, "done", "sent", "saved", "bye", "ended", "passkey"];

    private readonly IDataProtector protector = protection.CreateProtector("Web.StaleForms");

    /// <summary>Leads back, if it was sent from one of the shop's own pages and can be read. False, and nothing done, for any other.</summary>
    internal bool TryLeadBack(HttpContext context)
    {
        if (!CameFromHere(context.Request) || context.Features.Get<IFormFeature>()?.Form is null) return false;
        if (IsPage(context)) LeadBack(context);
        else if (IsNavigation(context.Request) && Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var page) && ReturnUrl.IsLocal(page.PathAndQuery)) Lead(context, page.AbsolutePath, page.Query);
        else return false;
        return true;
    }

    /// <summary>Leads back to the page that the form was sent to, unless that page leads elsewhere.</summary>
    internal void LeadBack(HttpContext context)
    {
        if (context.Response.Headers.Location.Count > 0)
        {
            (context.Response.ContentType, context.Response.StatusCode) = (null, StatusCodes.Status303SeeOther);
            return;
        }
        Keep(context);
        Lead(context, context.Request.Path, context.Request.QueryString.Value);
    }

    internal static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>Whether this page is one that was led back to.</summary>
    public static bool IsAgain(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && context.Request.Query[Mark] == "1";

    /// <summary>A fresh form with what was typed into the one that came too late.</summary>
    public T Refill<T>(T form, HttpContext? context) where T : class
    {
        if (context is null || !IsAgain(context) || context.Request.Cookies[Cookie] is not { } kept) return form;
        context.Response.Cookies.Delete(Cookie, Options(context, lasts: null));
        foreach (var (name, text) in Read(kept)) typeof(T).GetProperty(name, typeof(string))?.SetValue(form, text);
        return form;
    }

    // Programs of other hosts cannot choose these headers; a page that tells no address of itself says "Origin: null".
    private static bool CameFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] ? site == "same-origin" : request.Headers.Origin.Count == 1 && CircuitOrigin.IsOwn(request);

    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] is [{ } mode] ? mode == "navigate" : request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static void Lead(HttpContext context, string? path, string? query)
    {
        var kept = QueryHelpers.ParseQuery(query).Where(pair => !Said.Contains(pair.Key, StringComparer.OrdinalIgnoreCase));
        context.Response.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = QueryHelpers.AddQueryString(ReturnUrl.Safe(new PathString(path).ToUriComponent()), [.. kept, new(Mark, "1")]);
    }

    private void Keep(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<KeepsTypedAttribute>() is not { } keeps || context.Features.Get<IFormFeature>()?.Form is not { } form) return;
        var (typed, room) = (new Dictionary<string, string>(StringComparer.Ordinal), MostTexts);
        foreach (var name in keeps.Fields)
            if (form[$"Form.{name}"].ToString() is { Length: > 0 and <= LongestText } text && CleanText.IsClean(text) && (room -= text.Length) >= 0) typed[name] = text;
        if (typed.Count > 0) context.Response.Cookies.Append(Cookie, protector.Protect(JsonSerializer.Serialize(typed)), Options(context, TimeSpan.FromMinutes(1)));
    }

    private Dictionary<string, string> Read(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(protector.Unprotect(kept)) ?? [];
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return [];
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? lasts) => new()
    {
        HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/", MaxAge = lasts,
    };
}
