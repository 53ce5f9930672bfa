namespace Crm.Web.Ui.Tables;

/// <summary>Where a cell goes when a row folds into two lines on a phone.</summary>
public enum PhoneCell
{
    /// <summary>Left out.</summary>
    None,

    /// <summary>First line: who. Its avatar moves to the left of both lines.</summary>
    Title,

    /// <summary>Second line: where or when.</summary>
    Sub,

    /// <summary>First line, right: how much.</summary>
    Amount,

    /// <summary>Second line, right: one word.</summary>
    Note,

    /// <summary>Before both lines: the box that picks the row.</summary>
    Pick,

    /// <summary>A line of its own, for what must not be cut.</summary>
    All,
}
