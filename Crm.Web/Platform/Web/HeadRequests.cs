namespace Crm.Web.Platform.Web;

/// <summary>
/// HEAD is answered as GET is, without the body (RFC 9110, 9.3.2): whoever watches the shop or checks its links asks so. Before routing,
/// since pages and most endpoints are mapped for GET alone. Circuits are left as they are.
/// </summary>
sealed class HeadRequests : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (HttpMethods.IsHead(context.Request.Method) && !context.Request.Path.StartsWithSegments("/_blazor"))
                (context.Request.Method, context.Response.Body) = (HttpMethods.Get, Stream.Null);
            return following(context);
        });
        next(app);
    };
}
