namespace Secrets;

/// <summary>Something that a <see cref="DueQueue"/> keeps the due time of.</summary>
internal interface IScheduled
{
    /// <value>When it is due; 0 for not at all. The queue's to change, under the queue's lock.</value>
    long DueAt { get; set; }
}
