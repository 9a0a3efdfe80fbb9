/*
 * err — every way a function of this house can fail, in one list.
 *
 * OK is 0.  A caller looks at the value, never at errno.
 * Source: the rules of this house.
 */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#define MUST_CHECK __attribute__((warn_unused_result))

enum err {
    OK = 0,
    ERR_RANGE,     /* a number or index outside its limits               */
    ERR_FORMAT,    /* bytes that are not what their format says          */
    ERR_CANONICAL, /* readable, but not in the one permitted byte form   */
    ERR_PROOF,     /* a Merkle proof that does not lead to the root      */
    ERR_SIGNATURE, /* a signature that does not verify                   */
    ERR_KEY,       /* a key that is unusable, or not the one expected    */
    ERR_ABSENT,    /* asked for something that is not there              */
    ERR_EXISTS,    /* would make a second of what there may be one       */
    ERR_FULL,      /* the buffer lent by the caller is too small         */
    ERR_LIMIT,     /* larger than a limit of this program                */
    ERR_MEMORY,    /* the machine has no memory left                     */
    ERR_STATE,     /* right request, wrong moment or order               */
    ERR_INPUT,     /* a person's input was refused; the report says why  */
    ERR_WARNING,   /* input was readable, warnings were not accepted     */
    ERR_IO,        /* the machine refused to read or write               */
    ERR_DISK,      /* the disk is full or read-only                      */
    ERR_BUSY,      /* another process holds the lock                     */
    ERR_DATABASE,  /* the database refused; state unknown: stop          */
    ERR_FORK,      /* would sign a second root for a size: quarantine    */
    ERR_SUPPORT,   /* known, but not supported in this version           */
    ERR_COUNT      /* number of values above                             */
};

/* What `err` is called in a message, e.g. "证明不成立".  Never NULL. */
const char *err_name(enum err err);

#endif
