using Crm.Data.Leads;

namespace Crm.Web.Features.Leads;

/// <summary>Tells of a call, mail, message or meeting in one line.</summary>
static class LeadTalkWords
{
    public static TimelineLine Line(Correspondence talk, string? contact, string who)
    {
        var (incoming, with) = (talk.Direction is CorrespondenceDirection.Incoming, contact is null ? "" : $" {contact}");
        var head = (talk.Kind, incoming) switch
        {
            (CorrespondenceKind.Email, false) => contact is null ? "sent an e-mail" : $"wrote to{with}",
            (CorrespondenceKind.Email, true) => contact is null ? "had an e-mail" : $"had an e-mail from{with}",
            (CorrespondenceKind.Phone, false) => contact is null ? "made a call" : $"called{with}",
            (CorrespondenceKind.Phone, true) => contact is null ? "took a call" : $"took a call from{with}",
            (CorrespondenceKind.Meeting, _) => contact is null ? "had a meeting" : $"met{with}",
            (CorrespondenceKind.WhatsApp, false) => contact is null ? "sent a message" : $"messaged{with}",
            (CorrespondenceKind.WhatsApp, true) => contact is null ? "had a message" : $"had a message from{with}",
            (CorrespondenceKind.Other, _) => contact is null ? "spoke" : $"spoke with{with}",
        };
        var kind = talk.Kind switch
        {
            CorrespondenceKind.Email => TimelineKind.Email,
            CorrespondenceKind.Phone => TimelineKind.Phone,
            CorrespondenceKind.Meeting => TimelineKind.Meeting,
            CorrespondenceKind.WhatsApp => TimelineKind.WhatsApp,
            CorrespondenceKind.Other => TimelineKind.Other,
        };
        var text = string.Join("\n\n", new[] { talk.Description, talk.Outcome is null ? "" : $"Outcome: {talk.Outcome}" }.Where(t => t.Length > 0));
        return new TimelineLine(talk.Id, kind, talk.HappenedAt, who, $"{head}:", talk.Subject, text.Length == 0 ? null : text);
    }
}
