"""The names of things: a short prefix that says what an id names, then 26 characters that sort by time of making."""

from typing import NewType

SessionId = NewType("SessionId", str)
SeatId = NewType("SeatId", str)
TurnId = NewType("TurnId", str)
ReplyId = NewType("ReplyId", str)
JobId = NewType("JobId", str)
NodeId = NewType("NodeId", str)
AccountId = NewType("AccountId", str)
CommunityId = NewType("CommunityId", str)
ProjectId = NewType("ProjectId", str)
PersonaId = NewType("PersonaId", str)
SignInId = NewType("SignInId", str)
KeyId = NewType("KeyId", str)
InvitationId = NewType("InvitationId", str)
HoldId = NewType("HoldId", str)
EntryId = NewType("EntryId", str)
MemoryId = NewType("MemoryId", str)
GoalId = NewType("GoalId", str)
NoteId = NewType("NoteId", str)
WebhookId = NewType("WebhookId", str)
DeliveryId = NewType("DeliveryId", str)
