namespace Crm.Web.Platform.Pdf;

/// <summary>
/// Where the next block goes: keeps the pages, the height used and the space between blocks, turns the page when a
/// block has no room, and holds a heading back until what it heads is placed under it.
/// </summary>
internal sealed class Flow
{
    private readonly List<PageCanvas> pages = [];
    private (double Height, Action Draw)? held;
    private double gap;
    private bool closed;

    public Flow(PdfPage page)
    {
        Page = page;
        NewPage();
    }

    public PdfPage Page { get; }

    public IReadOnlyList<PageCanvas> Pages => pages;

    public PageCanvas Canvas => pages[^1];

    /// <summary>The root of what screen readers read.</summary>
    public StructureTag Document { get; } = new("Document");

    public double Y { get; set; }

    public double Left => Page.Side;

    public double Right => Page.Width - Page.Side;

    public double Width => Page.Inner;

    public double LeftOver => Page.Height - Page.Bottom - Y;

    public double FullHeight => Page.Height - Page.Bottom - Page.Top;

    /// <summary>Asks for space between the last block and the next; the larger wish counts, and none at the top of a page.</summary>
    public void Gap(double points) => gap = Math.Max(gap, points);

    /// <summary>Holds a block back until the next one is placed, so that a page never ends with a heading.</summary>
    public void Hold(double height, Action draw)
    {
        Release();
        held = (height, draw);
    }

    /// <summary>Makes room for a block, on a new page if this one has too little left.</summary>
    public void Need(double height)
    {
        ThrowIfClosed();
        var waiting = held;
        held = null;
        if (Y > Page.Top && gap + (waiting?.Height ?? 0) + height > LeftOver) NewPage();
        if (Y > Page.Top) Y += gap;
        gap = 0;
        waiting?.Draw();
    }

    /// <summary>Draws what is still held back.</summary>
    public void Release()
    {
        if (held is not null) Need(0);
    }

    /// <summary>Places what is held back, and lets nothing follow.</summary>
    public void Close()
    {
        Release();
        closed = true;
    }

    public void NewPage()
    {
        ThrowIfClosed();
        pages.Add(new PageCanvas(Page));
        Y = Page.Top;
        gap = 0;
    }

    private void ThrowIfClosed()
    {
        if (closed) throw new InvalidOperationException("The document is written; nothing can be added.");
    }
}
